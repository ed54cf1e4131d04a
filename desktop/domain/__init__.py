"""What is written, who may do what with it, and what a decision is: pure, standard library only."""
