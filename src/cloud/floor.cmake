target_link_libraries(cloud PRIVATE tl_sqlite)

# The loops of Node.js and Python functions.
trunkline_embed(cloud LambdaRuntimes src/cloud/services/lambda/runtimes)

# The flows a new Amazon Connect instance comes with.
trunkline_embed(cloud ConnectDefaults src/cloud/services/connect/defaults)
