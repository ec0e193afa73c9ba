"""One service class per Halo authority."""
