"""What people see in Discord: embeds, views, modals and texts, without I/O of their own."""
