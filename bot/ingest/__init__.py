"""What linked players play, brought in behind the commands: jobs that fetch, and what decides when."""
