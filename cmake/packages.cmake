# Debian's packages, found and named once. Nothing is downloaded.
find_package(Threads REQUIRED)
find_package(Python3 REQUIRED COMPONENTS Interpreter)
find_package(OpenSSL REQUIRED)
find_package(ZLIB REQUIRED)
find_package(Boost 1.81 REQUIRED)
find_package(GTest REQUIRED)

# One target per library that has no usable CMake package in Debian 12.
function(trunkline_library target header)
  find_path(${target}_include ${header} REQUIRED)
  set(paths)
  foreach(name IN LISTS ARGN)
    find_library(${target}_${name} ${name} REQUIRED)
    list(APPEND paths ${${target}_${name}})
  endforeach()
  add_library(${target} INTERFACE)
  target_include_directories(${target} SYSTEM INTERFACE ${${target}_include})
  target_link_libraries(${target} INTERFACE ${paths})
  set_property(GLOBAL APPEND PROPERTY trunkline_libraries ${ARGN})
endfunction()

trunkline_library(tl_sqlite sqlite3.h sqlite3)
trunkline_library(tl_expat expat.h expat)
trunkline_library(tl_yaml yaml.h yaml)
trunkline_library(tl_minizip minizip/zip.h minizip)
target_link_libraries(tl_minizip INTERFACE ZLIB::ZLIB)

find_path(fmt_include fmt/format.h REQUIRED)
add_library(tl_fmt STATIC ${CMAKE_SOURCE_DIR}/cmake/fmt_src.cpp)
target_include_directories(tl_fmt SYSTEM PUBLIC ${fmt_include})

# Asio and Beast are compiled once, in src/net/boost_src.cpp.
add_library(tl_asio INTERFACE)
target_include_directories(tl_asio SYSTEM INTERFACE ${Boost_INCLUDE_DIRS})
target_compile_definitions(tl_asio INTERFACE BOOST_ASIO_SEPARATE_COMPILATION BOOST_BEAST_SEPARATE_COMPILATION
  BOOST_ASIO_NO_DEPRECATED)
if(TRUNKLINE_SANITIZE MATCHES "thread")
  # The thread sanitizer does not understand fences; the scheduler's mutex orders the same accesses.
  target_compile_definitions(tl_asio INTERFACE BOOST_ASIO_DISABLE_FENCED_BLOCK)
endif()
target_link_libraries(tl_asio INTERFACE OpenSSL::SSL OpenSSL::Crypto Threads::Threads)
