// What use cases need from outside.
#pragma once

#include <string>

#include "base/clock.h"
#include "base/environment.h"
#include "base/files.h"
#include "base/log.h"
#include "base/random.h"

namespace trunkline::app {

struct AppWorld {
  Files& files;
  const Environment& environment;
  Clock& clock;
  Random& random;
  Log& log;
  std::string self;  // the running program's path

  // The same in another environment, which outlives it.
  AppWorld With(const Environment& other) const {
    return {.files = files,
            .environment = other,
            .clock = clock,
            .random = random,
            .log = log,
            .self = self};
  }
};

}  // namespace trunkline::app
