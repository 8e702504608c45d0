"""The simulated partner: scenarios, state, policy and voices."""
