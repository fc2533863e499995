// Parameters: those of an action as its runner sees them, references replaced by their values when
// the action began.
//
// Most actions have no references: theirs are the document's own, without a copy. Of the others the
// values of the texts that hold references are kept beside the document's.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"

namespace trunkline::sim {

struct ContactState;

class Parameters {
 public:
  Parameters() = default;  // none
  // `written` outlives them. References without a value are added to `missing`, each once.
  Parameters(const ContactState& contact, const json::Object& written,
             std::vector<std::string>& missing);
  explicit Parameters(json::Object own);

  // By path ("LexV2Bot.AliasArn"). A missing, null or empty value is none.
  const json::Value* Find(std::string_view path) const;
  // Whether the author wrote the parameter, with whatever value.
  bool Has(std::string_view key) const { return written_ != nullptr && written_->Has(key); }
  // The value of one that was written: itself unless references stand in it.
  const json::Value& ValueOf(const json::Value& written) const;
  // The value of one that was written, null and empty ones too; else nullptr.
  const json::Value* Get(std::string_view key) const;
  // All of them, each with its value.
  json::Object Whole() const;

 private:
  struct Table;

  const json::Object* written_ = nullptr;
  std::shared_ptr<const Table> table_;  // of what differs from `written_`
};

}  // namespace trunkline::sim
