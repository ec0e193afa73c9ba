"""What Halo's services answer, as frozen models: one module for each of Halo's own authorities."""
