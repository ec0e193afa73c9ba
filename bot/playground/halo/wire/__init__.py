"""The JSON shapes of Halo's services, filled from the simulated world."""
