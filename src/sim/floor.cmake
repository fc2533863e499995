# Abseil knows the time zones (g++ 12 does not); only sim/hours.cpp includes it. Debian's CMake package names its shared
# libraries only, and the release is linked statically: dependents first.
trunkline_library(tl_absl_time absl/time/time.h absl_time absl_civil_time absl_time_zone absl_strings
  absl_strings_internal absl_int128 absl_throw_delegate absl_base absl_spinlock_wait absl_raw_logging_internal
  absl_log_severity)
target_link_libraries(sim PRIVATE tl_absl_time)
