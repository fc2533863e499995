target_link_libraries(base PUBLIC tl_fmt PRIVATE tl_minizip ZLIB::ZLIB OpenSSL::Crypto)
