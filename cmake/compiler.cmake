# Warnings are errors, mold links, ccache remembers.
add_compile_options(-Wall -Wextra -Wpedantic -Wshadow -Wconversion -Werror -fno-omit-frame-pointer)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # -fpch-preprocess lets ccache look through the precompiled headers.
  add_compile_options($<$<COMPILE_LANGUAGE:CXX>:-fpch-preprocess>)
  # Collecting garbage less often takes a sixth less time, for 80 MB more.
  add_compile_options("$<$<COMPILE_LANGUAGE:CXX>:SHELL:--param=ggc-min-heapsize=400000 --param=ggc-min-expand=100>")
  # Optimising, g++ 12 reports these inside std::string, moves and coroutine frames where nothing is wrong.
  add_compile_options(-Wno-stringop-overread -Wno-maybe-uninitialized -Wno-restrict -Wno-stringop-overflow
    -Wno-array-bounds -Wno-free-nonheap-object)
  # It warns of anonymous namespaces in what is included; sources are, in groups (cmake/groups.py).
  add_compile_options($<$<COMPILE_LANGUAGE:CXX>:-Wno-subobject-linkage>)
else()
  add_compile_options(-Wno-missing-field-initializers -Wno-unused-lambda-capture)
endif()
# -Wextra complains of designated initialisers that leave members at their defaults; that is their use.
add_compile_options($<$<COMPILE_LANGUAGE:CXX>:-Wno-missing-field-initializers>)

if(CMAKE_BUILD_TYPE STREQUAL "Debug")
  add_compile_options(-g1)
endif()
if(CMAKE_BUILD_TYPE STREQUAL "Release")
  set(CMAKE_CXX_FLAGS_RELEASE "-O2 -DNDEBUG")
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # With -O2 it sees Asio's allocator of coroutine frames from one side only.
    add_compile_options(-Wno-mismatched-new-delete)
  endif()
  add_compile_options(-ffunction-sections -fdata-sections)
  add_link_options(-Wl,--gc-sections -s)
endif()
if(TRUNKLINE_SANITIZE)
  add_compile_options(-fsanitize=${TRUNKLINE_SANITIZE} -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${TRUNKLINE_SANITIZE})
  # What no sanitizer sees: an optional without a value, an index inside a vector's capacity.
  add_compile_definitions(_GLIBCXX_ASSERTIONS)
endif()
if(TRUNKLINE_STATIC)
  add_link_options(-static)
  set(CMAKE_FIND_LIBRARY_SUFFIXES .a)
  set(OPENSSL_USE_STATIC_LIBS TRUE)
else()
  find_program(mold mold)
  if(mold)
    add_link_options(-fuse-ld=mold)
  endif()
endif()

# Archives that name their objects instead of copying them: the cloud's is 200 MB in Debug.
set(CMAKE_CXX_ARCHIVE_CREATE "<CMAKE_AR> qcT <TARGET> <LINK_FLAGS> <OBJECTS>")
set(CMAKE_CXX_ARCHIVE_APPEND "<CMAKE_AR> qT <TARGET> <LINK_FLAGS> <OBJECTS>")

find_program(ccache ccache)
if(ccache AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env
    CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
    CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=1 CCACHE_PCH_EXTSUM=1 ${ccache})
endif()
