// An AWS that answers operation by operation as told, and remembers what it was asked. What nobody
// told it about succeeds with an empty answer.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "aws/codec.h"
#include "base/json.h"
#include "tests/aws/fake_aws.h"

namespace trunkline::aws {

struct Call {
  std::string operation;  // "connect:CreateQueue"
  json::Object input;
  std::string region;
};

class ScriptedAws {
 public:
  using Answer = std::function<Result<json::Object>(const json::Object& input)>;

  ScriptedAws();

  void On(std::string_view operation, json::Object output);
  void On(std::string_view operation, Answer answer);
  // These in turn; the last one again and again.
  void OnInTurn(std::string_view operation, std::vector<json::Object> outputs);
  void Fails(std::string_view operation, std::string_view code, std::string_view message = "no");

  // What a GET of `path` without a signature gets: the other end of a presigned URL. Its URL.
  std::string Serve(const std::string& path, std::string body);

  // Asked before every call, whatever operation: an error is its answer.
  using Gate = std::function<Result<void>(const Call& call)>;
  void Guard(Gate gate) { gate_ = std::move(gate); }

  const std::vector<Call>& calls() const { return calls_; }
  std::vector<std::string> operations() const;
  // The inputs of one operation, in order.
  std::vector<json::Object> Inputs(std::string_view operation) const;
  void Forget() { calls_.clear(); }

  FakeAws& fake() { return fake_; }

 private:
  net::Response Handle(const net::Request& request);

  const Models& models_;
  FakeAws fake_;
  std::map<std::string, Answer, std::less<>> answers_;
  std::map<std::string, std::string, std::less<>> served_;
  Gate gate_;
  std::vector<Call> calls_;
};

// An error as a service would answer it.
Error Refused(std::string_view code, std::string_view message = "no");

}  // namespace trunkline::aws
