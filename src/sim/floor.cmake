# Abseil knows the time zones (g++ 12 does not); only sim/hours.cpp includes it.
find_package(absl REQUIRED)
target_link_libraries(sim PRIVATE absl::time)
