// A command's world in memory: what it printed, and what it finds.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/environment.h"
#include "base/files.h"
#include "base/log.h"
#include "base/random.h"
#include "cli/cli.h"
#include "cli/world.h"

namespace trunkline::tests {

class TextOutput final : public cli::Output {
 public:
  void Write(std::string_view text) override { text_ += text; }
  bool IsTerminal() const override { return false; }
  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

class LinesInput final : public cli::Input {
 public:
  explicit LinesInput(std::vector<std::string> lines) : lines_(std::move(lines)) {}
  bool ReadLine(std::string& line) override {
    if (next_ >= lines_.size()) return false;
    line = lines_[next_++];
    return true;
  }
  bool IsTerminal() const override { return false; }

 private:
  std::vector<std::string> lines_;
  std::size_t next_ = 0;
};

class TestWorld {
 public:
  explicit TestWorld(std::map<std::string, std::string> files = {},
                     std::map<std::string, std::string> environment = {},
                     std::vector<std::string> input = {})
      : files_(std::move(files)), environment_(std::move(environment)), in_(std::move(input)) {}

  int Run(const std::vector<std::string>& words) { return cli::Run(world_, words); }
  const std::string& out() const { return out_.text(); }
  const std::string& err() const { return err_.text(); }
  MemoryFiles& files() { return files_; }

 private:
  MemoryFiles files_;
  MapEnvironment environment_;
  ManualClock clock_{TimePoint(Milliseconds(1790000000000))};
  SeededRandom random_{1};
  MemoryLog log_;
  TextOutput out_;
  TextOutput err_;
  LinesInput in_;
  cli::World world_{.files = files_,
                    .environment = environment_,
                    .clock = clock_,
                    .random = random_,
                    .log = log_,
                    .out = out_,
                    .err = err_,
                    .in = in_,
                    .self = "/usr/bin/trunkline"};
};

}  // namespace trunkline::tests
