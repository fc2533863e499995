# trunkline_python_tests(<label>): every class of *_test.py in the current folder becomes one test `<label>.<file>.<class>`.
# They drive the program itself, from outside; `ctest -L <label>` selects them, `-LE` leaves them out.
#
# Debian's own Python, always: it is the one that has boto3.
function(trunkline_python_tests label)
  # With a sanitizer nothing can be linked statically.
  set(static "")
  if(TARGET trunkline_static)
    set(static $<TARGET_FILE:trunkline_static>)
  elseif(TRUNKLINE_STATIC)
    set(static $<TARGET_FILE:trunkline>)
  endif()
  file(GLOB files CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*_test.py)
  foreach(file IN LISTS files)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
    get_filename_component(module ${file} NAME_WE)
    file(STRINGS ${file} classes REGEX "^class [A-Za-z0-9_]+\\(.*Test\\):")
    # A class whose base is not called ...Test would never run, without a word.
    file(STRINGS ${file} others REGEX "^class [A-Za-z0-9_]+\\(.*[^t]\\):|^class [A-Za-z0-9_]+\\(.*[^s]t\\):")
    foreach(line IN LISTS others)
      if(NOT line MATCHES "unittest.TestCase")
        message(FATAL_ERROR "${file}: '${line}': give its base class a name that ends in Test, or it is not run")
      endif()
    endforeach()
    foreach(line IN LISTS classes)
      string(REGEX REPLACE "^class ([A-Za-z0-9_]+).*" "\\1" class "${line}")
      add_test(NAME ${label}.${module}.${class} COMMAND /usr/bin/python3 -B -m unittest -v ${module}.${class}
        WORKING_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR})
      set_tests_properties(${label}.${module}.${class} PROPERTIES LABELS ${label} TIMEOUT 900 COST 100
        ENVIRONMENT "PYTHONPATH=${CMAKE_SOURCE_DIR}/tests/support/python;TRUNKLINE_SOURCE=${CMAKE_SOURCE_DIR};TRUNKLINE_BINARY=$<TARGET_FILE:trunkline>;TRUNKLINE_BOOTSTRAP=$<TARGET_FILE_DIR:trunkline>/bootstrap;TRUNKLINE_STATIC_BINARY=${static}")
    endforeach()
  endforeach()
endfunction()
