target_compile_definitions(cli PRIVATE TRUNKLINE_VERSION="${PROJECT_VERSION}")
