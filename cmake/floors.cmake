# trunkline_floor(<name> USES <floors>...): the static library of src/<name>, its headers checked one by one
# (target all_verify_interface_header_sets), and its test program from tests/<name>.
#
# Floors that see the network share a precompiled header with Asio in it, the others one without; so do their tests, with
# GoogleTest. Each costs ten seconds; the cloud has two of its own, with what nearly all of its files include.
set(trunkline_asio_floors net aws deploy cloud functions app console cli)

# What waits for others most of its life is compiled with -O1 in the release: 40 % less to wait for at the first build
# (docs/decisions/0008). The floors below them, and the cloud's gateway and store, have -O2.
set(trunkline_waiting_floors center stacks deploy functions app cli)
set(trunkline_waiting_sources "/src/cloud/services/")

# What everything calls all the time (JSON, hashes) is optimised in Debug, too, or every test waits for it. Precompiled headers
# are made without optimisation then, and do not fit.
set(trunkline_busy_floors base)

function(trunkline_precompiled name)
  file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/pch/${name}.cpp CONTENT "// Only its precompiled header matters.\n")
  add_library(${name} OBJECT ${CMAKE_BINARY_DIR}/pch/${name}.cpp)
  target_link_libraries(${name} PRIVATE tl_fmt)
  # By name, not by path: the same text in every checkout.
  target_include_directories(${name} PRIVATE ${CMAKE_SOURCE_DIR}/cmake)
  target_precompile_headers(${name} PRIVATE ${ARGN})
  # The bytes of a precompiled header differ from checkout to checkout; ccache compares this text in their place.
  set(told ${ARGN} ${CMAKE_CXX_COMPILER_VERSION} ${Boost_VERSION} ${GTest_VERSION})
  file(GLOB own CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/cmake/pch*.h)
  if(name MATCHES "cloud")
    # Those of our headers that it includes, at whatever depth; with any other a change would compile the whole cloud anew.
    execute_process(COMMAND ${CMAKE_CXX_COMPILER} -std=c++20 -MM -I ${CMAKE_SOURCE_DIR}/cmake -I ${CMAKE_SOURCE_DIR}/src
      ${CMAKE_SOURCE_DIR}/cmake/pch_cloud.h OUTPUT_VARIABLE reached COMMAND_ERROR_IS_FATAL ANY)
    string(REGEX MATCHALL "${CMAKE_SOURCE_DIR}/src/[a-z0-9_/]+\\.h" reached "${reached}")
    list(APPEND own ${reached})
    target_include_directories(${name} PRIVATE ${CMAKE_SOURCE_DIR}/src)
  endif()
  foreach(header ${own} ${fmt_include}/fmt/core.h)
    file(SHA256 ${header} hash)
    list(APPEND told ${hash})
  endforeach()
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${own})
  foreach(made gch pch)
    file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/CMakeFiles/${name}.dir/cmake_pch.hxx.${made}.sum CONTENT "${told}\n")
  endforeach()
endfunction()
trunkline_precompiled(tl_pch <pch.h>)
trunkline_precompiled(tl_pch_test <pch.h> <gmock/gmock.h>)
trunkline_precompiled(tl_pch_asio <pch_asio.h>)
trunkline_precompiled(tl_pch_asio_test <pch_asio.h> <gmock/gmock.h>)
trunkline_precompiled(tl_pch_cloud <pch_cloud.h>)
trunkline_precompiled(tl_pch_cloud_test <pch_cloud.h> <gmock/gmock.h>)
target_link_libraries(tl_pch_asio PRIVATE tl_asio)
target_link_libraries(tl_pch_test PRIVATE GTest::gmock)
target_link_libraries(tl_pch_asio_test PRIVATE tl_asio GTest::gmock)
target_link_libraries(tl_pch_cloud PRIVATE tl_asio)
target_link_libraries(tl_pch_cloud_test PRIVATE tl_asio GTest::gmock)

# The precompiled header of a floor.
function(trunkline_precompiled_of name result)
  set(pch tl_pch)
  if(name STREQUAL "cloud")
    set(pch tl_pch_cloud)
  elseif(name IN_LIST trunkline_asio_floors)
    set(pch tl_pch_asio)
  endif()
  set(${result} ${pch} PARENT_SCOPE)
endfunction()

function(trunkline_floor name)
  cmake_parse_arguments(floor "" "" "USES" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/${name}/*.cpp)
  file(GLOB_RECURSE headers CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/${name}/*.h)
  if(NOT sources)
    return()
  endif()
  trunkline_grouped(compiled ${CMAKE_SOURCE_DIR}/src ${sources})
  add_library(${name} STATIC ${compiled})
  target_sources(${name} PUBLIC FILE_SET HEADERS BASE_DIRS ${CMAKE_SOURCE_DIR}/src FILES ${headers})
  set_target_properties(${name} PROPERTIES VERIFY_INTERFACE_HEADER_SETS ON)
  foreach(used IN LISTS floor_USES)
    if(TARGET ${used})
      target_link_libraries(${name} PUBLIC ${used})
    endif()
  endforeach()
  if(name IN_LIST trunkline_asio_floors)
    target_link_libraries(${name} PUBLIC tl_asio)
  endif()
  if(name IN_LIST trunkline_busy_floors AND CMAKE_BUILD_TYPE STREQUAL "Debug")
    target_compile_options(${name} PRIVATE -O1)
  else()
    trunkline_precompiled_of(${name} pch)
    target_precompile_headers(${name} REUSE_FROM ${pch})
  endif()
  set(waiting ${compiled})
  if(NOT name IN_LIST trunkline_waiting_floors)
    list(FILTER waiting INCLUDE REGEX "${trunkline_waiting_sources}")
  endif()
  # With -freorder-functions what runs only at the start of the program lies together, as with -O2: else 900 initialisers
  # touch nearly all of the program, and it stays in memory.
  set_property(SOURCE ${waiting} APPEND PROPERTY COMPILE_OPTIONS $<$<CONFIG:Release>:-O1> $<$<CONFIG:Release>:-freorder-functions>)
  if(EXISTS ${CMAKE_SOURCE_DIR}/src/${name}/floor.cmake)
    include(${CMAKE_SOURCE_DIR}/src/${name}/floor.cmake)
  endif()
endfunction()

# trunkline_tests(<name>): <name>_test from tests/<name>/**/*_test.cpp and the fixtures beside them; what else it needs
# stands in tests/<name>/tests.cmake.
function(trunkline_tests name)
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/${name}/*.cpp)
  if(NOT sources OR NOT TARGET ${name})
    return()
  endif()
  trunkline_grouped(compiled ${CMAKE_SOURCE_DIR} ${sources})
  add_executable(${name}_test ${compiled})
  target_link_libraries(${name}_test PRIVATE ${name} ${ARGN} test_support GTest::gmock_main)
  target_include_directories(${name}_test PRIVATE ${CMAKE_SOURCE_DIR})
  trunkline_precompiled_of(${name} pch)
  target_precompile_headers(${name}_test REUSE_FROM ${pch}_test)
  if(EXISTS ${CMAKE_SOURCE_DIR}/tests/${name}/tests.cmake)
    include(${CMAKE_SOURCE_DIR}/tests/${name}/tests.cmake)
  endif()
  trunkline_suites(${name}_test ${name} 300)
endfunction()
