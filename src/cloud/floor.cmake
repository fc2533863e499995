target_link_libraries(cloud PRIVATE tl_sqlite)
