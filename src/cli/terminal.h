// The real standard streams.
#pragma once

#include <string>

#include "cli/world.h"

namespace trunkline::cli {

class DescriptorOutput final : public Output {
 public:
  explicit DescriptorOutput(int descriptor) : descriptor_(descriptor) {}
  void Write(std::string_view text) override;
  bool IsTerminal() const override;

 private:
  int descriptor_;
};

class StandardInput final : public Input {
 public:
  bool ReadLine(std::string& line) override;
  bool IsTerminal() const override;
};

// The path of the running program: /proc/self/exe, or argv[0] where there is none.
std::string OwnPath(const char* argv0);

}  // namespace trunkline::cli
