// The parts of a moment that date pictures name, in UTC and after ISO 8601.
#pragma once

#include <optional>

namespace trunkline::cloud::jsonata {

// Milliseconds since 1970 of a date and a time of day; what overflows carries on (month 12 is the
// next January). The month counts from 0, the day from 1.
double MillisOf(double year, double month, double day, double hour = 0, double minute = 0,
                double second = 0, double millisecond = 0);

// A number for a component letter of a picture: Y M D d F W w X x H h m s f. P is 0 for am, 1 for
// pm. nullopt for others.
std::optional<int> ComponentOf(double millis, char component);

inline constexpr double kMaxMillis = 8.64e15;  // what JavaScript's dates reach

}  // namespace trunkline::cloud::jsonata
