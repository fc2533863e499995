# trunkline_suites(<target> <label> <seconds>): every suite of the GoogleTest program becomes one test `<label>.<suite>`
# (cmake/suites.py), listed when the program was linked. `ctest -R <label>.Json` selects suites; a single test is run by
# the program itself (--gtest_filter).
function(trunkline_suites target label seconds)
  set(list ${CMAKE_CURRENT_BINARY_DIR}/${target}_suites.cmake)
  set(include ${CMAKE_CURRENT_BINARY_DIR}/${target}_include.cmake)
  add_custom_command(TARGET ${target} POST_BUILD BYPRODUCTS ${list} VERBATIM
    COMMAND ${Python3_EXECUTABLE} -B ${CMAKE_SOURCE_DIR}/cmake/suites.py $<TARGET_FILE:${target}> ${list} ${label} ${seconds})
  file(WRITE ${include} "if(EXISTS [=[${list}]=])\n  include([=[${list}]=])\nelse()\n  add_test(${label}_NOT_BUILT ${target}_NOT_BUILT)\nendif()\n")
  set_property(DIRECTORY APPEND PROPERTY TEST_INCLUDE_FILES ${include})
endfunction()
