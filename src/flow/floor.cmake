# The flows a new Amazon Connect instance comes with.
trunkline_embed(flow InstanceFlows src/flow/instance_flows)
# The page of every lint rule.
trunkline_embed(flow LintPages src/flow/lint/pages)
