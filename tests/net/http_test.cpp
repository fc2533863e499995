#include "net/http.h"

#include <gmock/gmock.h>

#include "net/read_message.h"
#include "net/write_message.h"

namespace trunkline::net {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

TEST(Headers, CompareNamesWithoutCaseAndKeepTheirOrder) {
  Headers headers({{"Host", "x"}, {"X-A", "1"}});

  headers.Add("x-a", "2");
  headers.Add("Z", "3");

  EXPECT_EQ(headers.Get("HOST"), "x");
  EXPECT_EQ(headers.Get("X-a"), "1");
  EXPECT_EQ(headers.Find("Y"), std::nullopt);
  EXPECT_THAT(headers,
              ElementsAre(Pair("Host", "x"), Pair("X-A", "1"), Pair("x-a", "2"), Pair("Z", "3")));
}

TEST(Headers, SettingReplacesAllOfAName) {
  Headers headers({{"a", "1"}, {"b", "2"}, {"A", "3"}});

  headers.Set("A", "4");
  headers.Set("c", "5");
  headers.Remove("B");

  EXPECT_THAT(headers, ElementsAre(Pair("a", "4"), Pair("c", "5")));
}

TEST(Request, TakesItsTargetApart) {
  Request request;
  request.target = "/a/b%20c?x=1&y";

  EXPECT_EQ(request.path(), "/a/b%20c");
  EXPECT_EQ(request.query(), "x=1&y");
  request.target = "/a";
  EXPECT_EQ(request.query(), "");
}

TEST(Query, IsDecodedInOrder) {
  EXPECT_THAT(ParseQuery("a=1&b=&c&a=%2B+x"),
              ElementsAre(Pair("a", "1"), Pair("b", ""), Pair("c", ""), Pair("a", "++x")));
  EXPECT_THAT(ParseQuery("a=%2B+x", true), ElementsAre(Pair("a", "+ x")));
  EXPECT_THAT(ParseQuery("&&"), IsEmpty());
}

struct UrlCase {
  std::string text;
  std::string scheme;
  std::string host;
  std::uint16_t port;
  std::string target;
  std::string authority;
};

class GoodUrl : public testing::TestWithParam<UrlCase> {};

TEST_P(GoodUrl, IsTakenApart) {
  const auto url = ParseUrl(GetParam().text);

  ASSERT_TRUE(url.has_value());
  EXPECT_EQ(url->scheme, GetParam().scheme);
  EXPECT_EQ(url->host, GetParam().host);
  EXPECT_EQ(url->port, GetParam().port);
  EXPECT_EQ(url->target, GetParam().target);
  EXPECT_EQ(url->Authority(), GetParam().authority);
}

INSTANTIATE_TEST_SUITE_P(Urls, GoodUrl,
                         testing::Values(UrlCase{"http://127.0.0.1:4566", "http", "127.0.0.1", 4566,
                                                 "/", "127.0.0.1:4566"},
                                         UrlCase{"HTTPS://Host.Example/a?b#c", "https",
                                                 "host.example", 443, "/a?b", "host.example"},
                                         UrlCase{"http://h:80?q", "http", "h", 80, "/?q", "h"},
                                         UrlCase{"https://h:/", "https", "h", 443, "/", "h"},
                                         UrlCase{"http://[::1]:99/", "http", "[::1]", 99, "/",
                                                 "[::1]:99"}));

TEST(Url, WhatIsNoneIsRefused) {
  for (const char* text : {"", "host", "ftp://host/", "http://", "http:///path", "http://h:x/",
                           "http://h:0/", "http://h:70000/", "http://user@h/", "http://[::1/"}) {
    EXPECT_EQ(ParseUrl(text).has_value(), false) << text;
  }
}

constexpr MessageLimits kLimits{.max_body = 100, .max_header = 1000};

TEST(ResponseReader, LeavesTheBytesOfTheNextAnswer) {
  ResponseReader reader(kLimits);
  const std::string two =
      "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhiHTTP/1.1 404 Not Found\r\n\r\n";

  const std::size_t taken = reader.Put(two);

  EXPECT_EQ(reader.progress(), Progress::kDone);
  EXPECT_EQ(two.substr(taken), "HTTP/1.1 404 Not Found\r\n\r\n");
  EXPECT_EQ(reader.Take().body, "hi");
}

TEST(ResponseReader, AnAnswerWithoutALengthEndsWithTheStream) {
  ResponseReader reader(kLimits);
  reader.Put("HTTP/1.1 200 OK\r\n\r\nsome");
  reader.Put(" text");

  ASSERT_EQ(reader.progress(), Progress::kMore);
  reader.PutEnd();

  EXPECT_EQ(reader.progress(), Progress::kDone);
  EXPECT_FALSE(reader.keep_alive());
  EXPECT_EQ(reader.Take().body, "some text");
}

TEST(ResponseReader, AnAnswerCutOffIsBroken) {
  ResponseReader reader(kLimits);
  reader.Put("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhi");

  reader.PutEnd();

  EXPECT_EQ(reader.progress(), Progress::kBroken);
  EXPECT_EQ(reader.problem(), "the message ends too early");
}

TEST(ResponseReader, TheAnswerToHeadHasNoBody) {
  ResponseReader reader(kLimits);
  reader.Begin(true);

  reader.Put("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n");

  EXPECT_EQ(reader.progress(), Progress::kDone);
  EXPECT_EQ(reader.Take().headers.Get("content-length"), "500");
}

TEST(ResponseReader, ABodyOverTheLimitIsBroken) {
  ResponseReader sized(kLimits);
  ResponseReader endless(kLimits);

  sized.Put("HTTP/1.1 200 OK\r\nContent-Length: 101\r\n\r\n");
  endless.Put("HTTP/1.1 200 OK\r\n\r\n" + std::string(101, 'x'));

  EXPECT_EQ(sized.problem(), "the body is larger than 100 bytes");
  EXPECT_EQ(endless.problem(), "the body is larger than 100 bytes");
}

TEST(WriteMessage, ARequestSaysWhoItIsForAndHowLongItIs) {
  std::string get;
  std::string put;
  Request request;
  request.headers.Add("X-A", "1");
  AppendHead(get, request, "host:99");
  request.method = "PUT";
  AppendHead(put, request, "host:99");

  EXPECT_EQ(get, "GET / HTTP/1.1\r\nHost: host:99\r\nX-A: 1\r\n\r\n");
  EXPECT_EQ(put, "PUT / HTTP/1.1\r\nHost: host:99\r\nX-A: 1\r\nContent-Length: 0\r\n\r\n");
}

}  // namespace
}  // namespace trunkline::net
