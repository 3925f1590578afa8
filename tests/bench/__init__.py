"""Programs that measure, run on demand with `make bench`; figures are ratios against a peer in the same run."""
