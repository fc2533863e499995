target_link_libraries(aws PRIVATE tl_expat)
trunkline_embed(aws ModelFiles models)
