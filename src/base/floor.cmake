target_link_libraries(base PUBLIC tl_fmt PRIVATE OpenSSL::Crypto ZLIB::ZLIB tl_minizip)
