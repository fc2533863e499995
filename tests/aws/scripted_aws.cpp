#include "tests/aws/scripted_aws.h"

#include <memory>
#include <stdexcept>

#include "base/text.h"

namespace trunkline::aws {
namespace {

struct Route {
  const Model* model = nullptr;
  const OperationRow* operation = nullptr;
};

// The Region and the signing name stand in the signature's scope: .../20261122/<region>/<name>/...
std::vector<std::string> Scope(const net::Request& request) {
  const std::string header(request.headers.Get("Authorization"));
  const std::size_t begin = header.find("Credential=");
  const std::string credential = header.substr(begin, header.find(',', begin) - begin);
  std::vector<std::string> parts;
  for (const std::string_view part : Split(credential, '/')) parts.emplace_back(part);
  return parts;
}

std::string_view ModelName(std::string_view signing_name) {
  if (signing_name == "lex") return "lexv2-models";
  return signing_name == "monitoring" ? "cloudwatch" : signing_name;
}

Route FindOperation(const Models& models, const net::Request& request) {
  const std::string signing_name = Scope(request).at(3);
  const Model* model = models.Find(ModelName(signing_name));
  const OperationRow* operation = FindRoute(*model, request);
  if (operation != nullptr) return {.model = model, .operation = operation};
  throw std::logic_error("no operation for " + request.method + " " + request.target);
}

// Read once in the program: every test has a service of its own, and reading Amazon Connect's table
// takes longer than most of them.
const Models& SharedModels() {
  static const Models kModels;
  return kModels;
}

int StatusOfHead(std::string_view code) {
  if (code == "NotFound") return 404;
  return code == "ThrottlingException" ? 503 : 403;
}

}  // namespace

ScriptedAws::ScriptedAws() : models_(SharedModels()) {
  fake_.Answers([this](const net::Request& request) { return Handle(request); });
}

void ScriptedAws::On(std::string_view operation, json::Object output) {
  answers_[std::string(operation)] = [output = std::move(output)](const json::Object&) {
    return Result<json::Object>(output);
  };
}

void ScriptedAws::On(std::string_view operation, Answer answer) {
  answers_[std::string(operation)] = std::move(answer);
}

void ScriptedAws::OnInTurn(std::string_view operation, std::vector<json::Object> outputs) {
  auto left = std::make_shared<std::vector<json::Object>>(std::move(outputs));
  answers_[std::string(operation)] = [left](const json::Object&) {
    json::Object output = left->front();
    if (left->size() > 1) left->erase(left->begin());
    return Result<json::Object>(output);
  };
}

void ScriptedAws::Fails(std::string_view operation, std::string_view code,
                        std::string_view message) {
  const Error error = Refused(code, message);
  answers_[std::string(operation)] = [error](const json::Object&) {
    return Result<json::Object>(error);
  };
}

std::vector<std::string> ScriptedAws::operations() const {
  std::vector<std::string> operations;
  for (const Call& call : calls_) operations.push_back(call.operation);
  return operations;
}

std::vector<json::Object> ScriptedAws::Inputs(std::string_view operation) const {
  std::vector<json::Object> inputs;
  for (const Call& call : calls_) {
    if (call.operation == operation) inputs.push_back(call.input);
  }
  return inputs;
}

std::string ScriptedAws::Serve(const std::string& path, std::string body) {
  served_[path] = std::move(body);
  return fake_.url() + path + "?X-Amz-Signature=0";
}

net::Response ScriptedAws::Handle(const net::Request& request) {
  const auto served = served_.find(request.path());
  if (served != served_.end()) return {.status = 200, .headers = {}, .body = served->second};
  const Route route = FindOperation(models_, request);
  json::Object input = std::move(DecodeRequest(*route.model, *route.operation, request)).value();
  const std::string name = route.model->service + ":" + route.operation->name;
  calls_.push_back({.operation = name, .input = input, .region = Scope(request).at(2)});
  const Result<void> allowed = gate_ ? gate_(calls_.back()) : Result<void>();
  const auto answer = answers_.find(name);
  Result<json::Object> output = json::Object();
  if (allowed && answer != answers_.end()) output = answer->second(input);
  if (!allowed) output = allowed.error();
  if (output) return EncodeResponse(*route.model, *route.operation, *output, "request");
  WireError error{.code = output.error().code(), .message = output.error().message()};
  error.head = request.method == "HEAD";  // its status is all that the answer has
  if (error.head) error.status = StatusOfHead(error.code);
  return EncodeError(*route.model, error, "request");
}

Error Refused(std::string_view code, std::string_view message) {
  return Error(ErrorKind::kInvalid, "{}", message).WithCode(code);
}

}  // namespace trunkline::aws
