# The flows a new Amazon Connect instance comes with.
trunkline_embed(flow InstanceFlows src/flow/instance_flows)
