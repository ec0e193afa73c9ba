"""The simulated hosts, one module for each of Halo's and Xbox's authorities."""
