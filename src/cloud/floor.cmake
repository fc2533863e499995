target_link_libraries(cloud PRIVATE tl_sqlite)

# The loops of Node.js and Python functions.
trunkline_embed(cloud LambdaRuntimes src/cloud/services/lambda/runtimes)
