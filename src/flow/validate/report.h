// Collects what validation finds: for people as findings, for the wire as problems in the service's
// words.
#pragma once

#include <string>
#include <string_view>

#include "flow/catalogue.h"
#include "flow/validate.h"

namespace trunkline::flow {

class Report {
 public:
  Report(const Document& document, ValidateMode mode) : document_(document), mode_(mode) {}

  const Document& document() const { return document_; }
  bool strict() const { return mode_ == ValidateMode::kStrict; }

  struct Entry {
    std::string_view code;
    std::string message;
    std::string hint;
    std::string problem;       // the service's words; empty: the message
    std::uint32_t offset = 0;  // in the content
  };
  void Error(Entry entry);
  // An error in strict mode, a warning in observed mode.
  void StrictError(Entry entry);
  void Warning(Entry entry);

  Validation Take() { return std::move(result_); }

 private:
  void Add(Severity severity, Entry entry);

  const Document& document_;
  ValidateMode mode_;
  Validation result_;
};

// "Actions[3].Parameters.QueueId", as the service names places.
std::string WirePath(const Action& action, std::string_view path);

void ValidateEnvelope(Report& report);
void ValidateParameters(const Action& action, const ActionKind& kind, Report& report);
void ValidateTransitions(const Action& action, const ActionKind& kind, Report& report);

}  // namespace trunkline::flow
