#include "cloud/execute_api/service_call.h"

#include <fstream>

#include <fmt/format.h>

#include "aws/codec.h"
#include "aws/codec_query.h"
#include "base/random.h"
#include "base/text.h"
#include "cloud/engine.h"
#include "cloud/execute_api/call.h"
#include "cloud/execute_api/function.h"
#include "cloud/execute_api/packed_http.h"
#include "cloud/execute_api/query_answer.h"
#include "cloud/identify.h"
#include "cloud/inner_gateway.h"
#include "cloud/within.h"

namespace trunkline::cloud::execute_api {
namespace {

constexpr std::string_view kForm = "application/x-www-form-urlencoded";

ServiceAnswer Refused(std::string reason) {
  return {.end = ServiceAnswer::End::kRefused, .response = {}, .reason = std::move(reason)};
}

ServiceAnswer TimedOut() {
  return {.end = ServiceAnswer::End::kTimedOut, .response = {}, .reason = "it took too long"};
}

bool IsForm(const net::Request& request) {
  return request.headers.Get("Content-Type").starts_with(kForm);
}

// ---- forms

// An operation that a form names.
struct FormCall {
  const aws::Model* model = nullptr;  // null: it is no form, or names none
  const aws::OperationRow* row = nullptr;
  std::string form;
};

std::string WholeForm(const ServiceCall& call) {
  std::string form(call.request.query());
  if (IsForm(call.request) && !call.request.body.empty())
    form += (form.empty() ? "" : "&") + call.request.body;
  // Either name is taken by SQS (seen).
  if (call.uri.service == "sqs") form = Replace(form, "MessageAttributes.", "MessageAttribute.");
  return form;
}

FormCall FormOf(const WaitContext& context, const ServiceCall& call) {
  FormCall found;
  found.form = WholeForm(call);
  const std::string action = call.uri.action ? call.uri.rest : aws::FormValue(found.form, "Action");
  for (const ServiceName& name : AllServiceNames()) {
    if (name.signing != call.uri.service) continue;
    const aws::Model* model = context.engine().dispatch.models().Find(name.model);
    const aws::OperationRow* row = model ? model->FindOperation(action) : nullptr;
    const bool query = model && model->protocol == aws::Protocol::kQuery;
    if (!row || (found.model && !query)) continue;
    found.model = model;
    found.row = row;
  }
  return found;
}

// Whether the service is spoken to in forms: by its protocol, or because all that was given are
// parameters.
bool SpeaksForms(const ServiceCall& call, const FormCall& form) {
  if (!form.model || call.request.headers.Has("X-Amz-Target")) return false;
  const aws::Protocol protocol = form.model->protocol;
  if (protocol == aws::Protocol::kQuery || IsForm(call.request)) return true;
  const bool json = protocol == aws::Protocol::kJson10 || protocol == aws::Protocol::kJson11;
  return json && Trim(call.request.body).empty() && !call.request.query().empty();
}

// The path of a queue is its URL's.
void AddQueue(const WaitContext& context, const ServiceCall& call, json::Object& input) {
  if (call.uri.service != "sqs" || call.uri.action || input.Has("QueueUrl")) return;
  input.Set("QueueUrl", fmt::format("{}/{}", context.endpoint(), call.uri.rest));
}

net::Response FormAnswer(const ServiceCall& call, const FormCall& form, const Answer<>& answer,
                         const std::string& request_id) {
  const bool xml = form.model->protocol == aws::Protocol::kQuery &&
                   call.request.headers.Get("Accept").find("xml") != std::string_view::npos;
  if (xml && answer) return aws::EncodeResponse(*form.model, *form.row, *answer, request_id);
  net::Response response;
  response.headers.Set("Content-Type", "application/json");
  response.headers.Set("x-amzn-RequestId", request_id);
  if (answer) {
    response.body = QueryAnswerAsJson(*form.row, *answer, request_id);
    return response;
  }
  const ServiceError& error = answer.error();
  const aws::ErrorRow* row = form.model->FindError(error.code);
  response.status = error.status != 0 ? error.status : row ? row->status : 400;
  if (xml) {
    const aws::WireError wire{.code = row ? row->code : error.code,
                              .message = error.message,
                              .status = response.status,
                              .members = error.members};
    return aws::EncodeError(*form.model, wire, request_id);
  }
  response.body = QueryErrorAsJson(error, response.status, request_id);
  return response;
}

net::aw<ServiceAnswer> SendForm(WaitContext there, ServiceCall call, FormCall form) {
  Result<json::Object> input = json::Object();
  if (form.row->input) input = aws::ReadForm(*form.row->input, form.form);
  if (!input) co_return Refused(input.error().message());
  AddQueue(there, call, *input);
  const std::string request_id = NewUuid(there.random());
  std::string service = form.model->service;
  std::string operation = form.row->name;
  const auto answer = co_await CallWithin(there, std::move(service), std::move(operation),
                                          std::move(*input), call.limit);
  if (!answer) co_return TimedOut();
  ServiceAnswer done;
  done.end = ServiceAnswer::End::kDone;
  done.response = FormAnswer(call, form, *answer, request_id);
  co_return done;
}

// ---- all else

// What the service's answer takes from a file, as far as an API hands it on.
Answer<void> ReadFile(net::Response& response) {
  if (!response.file) return {};
  if (response.file->length > kLargestBody)
    return ServiceError("TooLarge", "the answer is larger than 10 MB");
  std::ifstream file(response.file->path, std::ios::binary);
  file.seekg(static_cast<std::streamoff>(response.file->offset));
  response.body.resize(response.file->length);
  file.read(response.body.data(), static_cast<std::streamsize>(response.body.size()));
  response.file.reset();
  if (file) return {};
  return ServiceError("Unreadable", "the answer cannot be read from its file");
}

net::aw<Answer<>> AskPacked(WaitContext context, json::Object packed) {
  std::string service(packed.GetString("service"));
  net::Request request = UnpackRequest(packed);
  net::Response response =
      co_await AskService(std::move(context), std::move(service), std::move(request));
  TL_CO_DO(ReadFile(response));
  co_return PackResponse(std::move(response));
}
constexpr WaitHandler kAsk{AskPacked};

// The headers that say which operation of a JSON service is meant.
void AddTarget(const WaitContext& context, const ServiceCall& call, net::Request& request) {
  for (const ServiceName& name : AllServiceNames()) {
    if (name.signing != call.uri.service || name.target.empty()) continue;
    const aws::Model* model = context.engine().dispatch.models().Find(name.model);
    const bool old = model && model->protocol == aws::Protocol::kJson10;
    if (!request.headers.Has("X-Amz-Target"))
      request.headers.Set("X-Amz-Target", fmt::format("{}.{}", name.target, call.uri.rest));
    request.headers.Set("Content-Type",
                        old ? "application/x-amz-json-1.0" : "application/x-amz-json-1.1");
    request.target = "/";
    return;
  }
}

net::Request Addressed(const WaitContext& context, const ServiceCall& call) {
  net::Request request = call.request;
  if (call.uri.action) AddTarget(context, call, request);
  if (!call.uri.subdomain.empty()) request.target = "/" + call.uri.subdomain + request.target;
  request.headers.Set("Host",
                      fmt::format("{}.{}.amazonaws.com", call.uri.service, call.uri.region));
  return request;
}

net::aw<ServiceAnswer> SendRequest(WaitContext there, ServiceCall call) {
  json::Object packed = PackRequest(Addressed(there, call));
  packed.Set("service", call.uri.service);
  auto answer = co_await Within(std::move(there), kAsk, std::move(packed), call.limit);
  if (!answer) co_return TimedOut();
  if (!*answer) co_return Refused(answer->error().message);
  ServiceAnswer done;
  done.end = ServiceAnswer::End::kDone;
  done.response = UnpackResponse(**answer);
  co_return done;
}

}  // namespace

net::aw<ServiceAnswer> CallService(WaitContext context, ServiceCall call) {
  Answer<Caller> caller = CallerOfRole(context, call.credentials, call.source_arn);
  if (!caller) co_return Refused(caller.error().message);
  WaitContext there = context.As(std::move(*caller), call.uri.region);
  FormCall form = FormOf(context, call);
  if (SpeaksForms(call, form))
    co_return co_await SendForm(std::move(there), std::move(call), std::move(form));
  co_return co_await SendRequest(std::move(there), std::move(call));
}

}  // namespace trunkline::cloud::execute_api
