"""What the portal refused and what a person must look at: cards above the open entry, each with its ways out."""
