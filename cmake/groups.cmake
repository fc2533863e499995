# trunkline_grouped(<result> <include root> <sources>...): the files to compile for <sources>, several of them in each
# (cmake/groups.py; docs/decisions/0009). With TRUNKLINE_GROUPS=OFF the sources themselves.
#
# The lists are made when CMake runs. If an edit lets two files of a group clash ("redefinition of ..."), run
# `cmake --preset dev` again: it parts them.
option(TRUNKLINE_GROUPS "compile several sources at once" ON)

function(trunkline_grouped result include_root)
  if(NOT TRUNKLINE_GROUPS)
    set(${result} ${ARGN} PARENT_SCOPE)
    return()
  endif()
  list(GET ARGN 0 first)
  file(RELATIVE_PATH first ${CMAKE_SOURCE_DIR} ${first})
  string(REGEX MATCH "^[a-z]+/[a-z]+" folder ${first})
  list(JOIN ARGN "\n" lines)
  file(WRITE ${CMAKE_BINARY_DIR}/groups/${folder}.txt "${lines}\n")
  execute_process(COMMAND ${Python3_EXECUTABLE} -B ${CMAKE_SOURCE_DIR}/cmake/groups.py
    ${CMAKE_SOURCE_DIR} ${CMAKE_BINARY_DIR}/groups ${folder} ${include_root}
    INPUT_FILE ${CMAKE_BINARY_DIR}/groups/${folder}.txt OUTPUT_VARIABLE groups COMMAND_ERROR_IS_FATAL ANY)
  string(REGEX MATCHALL "[^\n]+" groups "${groups}")
  set(${result} ${groups} PARENT_SCOPE)
endfunction()
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/cmake/groups.py)
