target_link_libraries(cloud PRIVATE tl_sqlite)

# The loops of Node.js and Python functions.
trunkline_embed(cloud LambdaRuntimes src/cloud/services/lambda/runtimes)

# The modules that inline functions of templates may use to answer CloudFormation.
trunkline_embed(cloud InlineModules src/cloud/services/cloudformation/inline_modules)
