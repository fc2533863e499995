// Shows a delivery while it runs, on stderr: a line per change that is done. On a terminal with
// colour, and below the lines what is under way: a new instance alone takes minutes on AWS.
#pragma once

#include <string>
#include <vector>

#include "cli/world.h"
#include "deploy/progress.h"

namespace trunkline::cli {

class LineProgress final : public deploy::Progress {
 public:
  explicit LineProgress(Output& out) : out_(out), terminal_(out.IsTerminal()) {}
  void Started(const deploy::Target& target, const deploy::Change& change) override;
  void Done(const deploy::Target& target, const deploy::Change& change) override;
  void Failed(const deploy::Target& target, const deploy::Change& change,
              const Error& error) override;
  void Told(const deploy::Target& target, const deploy::Change& change,
            const std::string& what) override;

 private:
  void Line(std::string_view mark, std::string_view colour, const deploy::Target& target,
            const deploy::Change& change);
  void End(const deploy::Target& target, const deploy::Change& change);
  void ShowUnderWay();

  Output& out_;
  bool terminal_;
  std::vector<std::string> under_way_;  // in words, the first begun first; on a terminal only
};

}  // namespace trunkline::cli
