"""The bot without any account: a simulated Halo service and a local Discord."""
