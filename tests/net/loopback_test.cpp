#include "net/loopback.h"

#include <gmock/gmock.h>

namespace trunkline::net {
namespace {

TEST(Loopback, IsThisMachineAndNothingThatLooksLikeIt) {
  for (const char* url : {"http://127.0.0.1:4566", "https://localhost/x", "http://[::1]:80"})
    EXPECT_TRUE(IsLoopback(ParseUrl(url).value())) << url;
  for (const char* url : {"http://127.0.0.1.example.com", "http://example.com/localhost"})
    EXPECT_FALSE(IsLoopback(ParseUrl(url).value())) << url;
}

}  // namespace
}  // namespace trunkline::net
