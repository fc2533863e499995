// The real standard streams.
#pragma once

#include <string>

#include "cli/world.h"

namespace trunkline::cli {

// Whoever starts us may have closed standard descriptors. The next file opened would then be, say,
// number 1, and what we print would be written into it.
void FillStandardDescriptors();

class DescriptorOutput final : public Output {
 public:
  explicit DescriptorOutput(int descriptor) : descriptor_(descriptor) {}
  void Write(std::string_view text) override;
  bool IsTerminal() const override;
  // The errno of a write that was refused (disk full, closed), 0 if all went well.
  int failure() const { return failure_; }

 private:
  int descriptor_;
  int failure_ = 0;
};

class StandardInput final : public Input {
 public:
  bool ReadLine(std::string& line) override;
  bool IsTerminal() const override;
};

// The path of the running program: /proc/self/exe, or argv[0] where there is none.
std::string OwnPath(const char* argv0);

}  // namespace trunkline::cli
