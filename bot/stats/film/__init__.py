"""What a film's highlight events tell about a match."""
