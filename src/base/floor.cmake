target_link_libraries(base PUBLIC tl_fmt PRIVATE tl_minizip tl_yaml ZLIB::ZLIB OpenSSL::Crypto)
