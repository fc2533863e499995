// Whatever the bytes: reading and rendering a mapping template end, without a crash, within the
// limits, and give the same again.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "cloud/execute_api/template.h"

namespace trunkline::cloud::execute_api {
namespace {

std::string Answer(std::string_view text, const ApiCall& call) {
  TemplateWorld world;
  world.call = &call;
  world.body = R"({"name":"Rex","tags":["a","b"],"owner":{"age":40},"n":null})";
  const auto rendered = RenderTemplate(text, world);
  return rendered ? *rendered : rendered.error().message();
}

ApiCall MakeCall() {
  ApiCall call;
  call.method = "POST";
  call.path = "/pets/7";
  call.query = "q=1&q=2";
  call.headers.Set("X-User", "Ada");
  call.path_parameters.Set("id", "7");
  return call;
}

}  // namespace
}  // namespace trunkline::cloud::execute_api

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace trunkline::cloud::execute_api;  // NOLINT(google-build-using-namespace)
  static const ApiCall call = MakeCall();
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (CheckTemplate(text) && Answer(text, call) != Answer(text, call)) std::abort();
  return 0;
}
