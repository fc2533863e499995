// The log of a build: what its commands write and what CodeBuild says of them, line by line, to
// CloudWatch Logs while it runs and to S3 when it ended.
//
// Secrets of the build (Parameter Store, Secrets Manager) are shown as ***. Output that is no UTF-8
// is shown as far as it is. A line is cut at 64 KB, and what comes after 16 MB is not kept.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cloud/wait.h"

namespace trunkline::cloud::codebuild {

struct LogTargets {
  std::string group;  // empty: not to CloudWatch Logs
  std::string stream;
  bool keep_text = false;  // for S3
};

class BuildLog {
 public:
  BuildLog(WaitContext context, LogTargets targets);

  // Makes the group and the stream; where that is refused nothing goes there.
  Answer<void> Open();

  void Mask(std::string_view secret);
  void AddOutput(std::string_view bytes);  // of commands, in pieces of any size
  void Note(std::string_view line);        // "[Container] 2026/11/22 20:35:18.123456 <line>"
  void Flush();                            // what was added so far becomes readable
  void EndLine();                          // output that ended without a newline is a line
  const std::string& text() const { return text_; }

 private:
  void AddLine(std::string_view line);
  std::string Masked(std::string_view text) const;

  WaitContext context_;
  LogTargets targets_;
  std::vector<std::string> secrets_;
  std::string partial_;  // a line that is not complete yet
  json::Array events_;
  std::size_t pending_ = 0;  // bytes in events_
  std::size_t total_ = 0;
  std::string text_;
};

}  // namespace trunkline::cloud::codebuild
