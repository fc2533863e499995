// World: everything a command touches outside itself, made once in main and passed down.
#pragma once

#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/environment.h"
#include "base/files.h"
#include "base/log.h"
#include "base/random.h"

namespace trunkline::cli {

// Standard output or standard error. Nothing else prints.
class Output {
 public:
  virtual ~Output() = default;
  virtual void Write(std::string_view text) = 0;
  virtual bool IsTerminal() const = 0;  // then colour and progress are welcome
};

// Standard input, a line at a time, for interactive commands.
class Input {
 public:
  virtual ~Input() = default;
  virtual bool ReadLine(std::string& line) = 0;  // false at the end
  virtual bool IsTerminal() const = 0;
};

struct World {
  Files& files;
  const Environment& environment;
  Clock& clock;
  Random& random;
  Log& log;
  Output& out;  // results
  Output& err;  // diagnostics, progress
  Input& in;
  std::string self;  // the running program's own path, for starting itself as a child
};

}  // namespace trunkline::cli
