// FlowService: an instance's flows and its mapping function, as a service keeps them: what is
// written is what is read afterwards. It fails or throttles at a call as told.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "tests/aws/scripted_aws.h"

namespace trunkline::deploy::tests {

class FlowService {
 public:
  // The instance is ACTIVE; `aws` outlives the service.
  explicit FlowService(aws::ScriptedAws& aws, std::string_view instance = "acme-dev-eu-central-1");

  // ---- what is there at first
  void AddFlow(std::string_view name, std::string_view content, json::Object tags = {});
  void PutFunction(std::string name, std::string live_version, std::string hash);
  // As at first; fails no more.
  void Reset();

  // ---- what is there
  std::vector<std::string> Names() const;  // sorted
  std::string Content(std::string_view name) const;
  std::string LiveVersion() const { return state_.live_version; }
  std::string ToText() const;  // everything callers and the next run see

  // ---- failing
  void FailAt(std::size_t call) { Break(call, "InvalidRequestException"); }
  void ThrottleAt(std::size_t call) { Break(call, "ThrottlingException"); }
  // Nothing is answered from this call on, as if the caller were gone.
  void StopAt(std::size_t call);
  void Continue();                                // fails no more, and keeps what is there
  std::string failed() const { return failed_; }  // the operation
  // Writing this content is refused, or throttled so many times.
  void RefuseContent(std::string_view content) { refused_ = content; }
  void ThrottleContent(std::string_view content, int times);

 private:
  struct Flow {
    std::string name;
    std::string content;
    std::string type = "CONTACT_FLOW";
    std::string state = "ACTIVE";
    std::string description;
    json::Object tags;
  };
  struct State {
    std::map<std::string, Flow> flows;  // by id
    std::string function;
    std::string live_version;
    std::string hash;
    int versions = 0;
  };

  using Answer = Result<json::Object>;
  void Break(std::size_t call, std::string_view code);
  Result<void> Gate(const aws::Call& call);
  void ScriptFlows();
  void ScriptFunction();
  Flow* Find(const json::Object& input);
  Flow* FindArn(const json::Object& input);
  Answer Write(const json::Object& input);
  json::Object Shown(const std::string& id, const Flow& flow, bool with_content) const;

  aws::ScriptedAws& aws_;
  State state_;
  State first_;
  std::size_t calls_ = 0;
  std::size_t broken_ = static_cast<std::size_t>(-1);
  bool for_good_ = false;
  std::string code_;
  std::string failed_;
  std::string refused_;
  std::string throttled_;
  int throttles_ = 0;
};

}  // namespace trunkline::deploy::tests
