// Mapping templates alone.
#include "cloud/execute_api/template.h"

#include <gmock/gmock.h>

namespace trunkline::cloud::execute_api {
namespace {

using ::testing::HasSubstr;

class MappingTemplates : public ::testing::Test {
 protected:
  MappingTemplates() {
    call_.scope = {"111122223333", "eu-central-1"};
    call_.api_id = "a1b2c3d4e5";
    call_.method = "POST";
    call_.path = "/pets/7";
    call_.query = "q=a%20b&limit=2";
    call_.headers.Set("X-User", "Ada");
    call_.path_parameters.Set("id", "7");
    call_.stage_variables.Set("table", "t1");
  }
  std::string Render(std::string_view text) {
    world_.call = &call_;
    world_.body = R"({"name":"Rex","tags":["a","b"],"owner":{"age":40},"n":null})";
    const auto rendered = RenderTemplate(text, world_);
    return rendered ? *rendered : "error: " + rendered.error().message();
  }
  ApiCall call_;
  TemplateWorld world_;
};

TEST_F(MappingTemplates, ShowTheBody) {
  EXPECT_EQ(Render("$input.json('$.tags')"), R"(["a","b"])");
  EXPECT_EQ(Render("$input.json('$')"), Render("$input.body"));
  EXPECT_EQ(Render("$input.path('$.name') ${input.path('$.owner').age}"), "Rex 40");
  EXPECT_EQ(Render("$input.path('$.owner')"), "{age=40}");
  EXPECT_EQ(Render("[$input.path('$.none')]"), "[]");
  EXPECT_EQ(Render("#set($in = $input.path('$'))$in.tags[1] $in.tags.size()"), "b 2");
}

TEST_F(MappingTemplates, ShowTheRequest) {
  EXPECT_EQ(Render("$input.params('id') $input.params('limit') $input.params('X-User')"),
            "7 2 Ada");
  EXPECT_EQ(Render("$input.params().querystring.get('q')"), "a b");
  EXPECT_EQ(Render("$context.httpMethod $context.apiId $context.nothing"), "POST a1b2c3d4e5 ");
  EXPECT_EQ(Render("$stageVariables.table ${stageVariables.get('table')}"), "t1 t1");
}

TEST_F(MappingTemplates, ShowEveryParameterInALoop) {
  EXPECT_EQ(Render("#set($all = $input.params())#foreach($type in $all.keySet())"
                   "#set($some = $all.get($type))\"$type\":{#foreach($n in $some.keySet())"
                   "\"$n\":\"$util.escapeJavaScript($some.get($n))\"#if($foreach.hasNext),#end"
                   "#end}#if($foreach.hasNext),#end#end"),
            R"("path":{"id":"7"},"querystring":{"q":"a b","limit":"2"},"header":{"X-User":"Ada"})");
}

TEST_F(MappingTemplates, Decide) {
  EXPECT_EQ(Render("#if($input.path('$.owner.age') > 18 && !$none)yes#{else}no#end"), "yes");
  EXPECT_EQ(Render("#if(\"$input.params('id')\" == '8')a#elseif(1 == 2)b#else c#end"), " c");
  EXPECT_EQ(Render("#if($input.path('$.n'))a#else\nb#end"), "b");
}

TEST_F(MappingTemplates, Count) {
  EXPECT_EQ(Render("#set($a = 7 / 2 * 2 + 1 % 2)$a"), "7");
  EXPECT_EQ(Render("#foreach($i in [1..3])$i#if($foreach.count == 2)#break#end#end"), "12");
  EXPECT_EQ(Render("#set($l = [1, 'b', {\"c\": 3}])$l.get(2).c $l.size()"), "3 3");
}

TEST_F(MappingTemplates, ChangeListsAndMaps) {
  EXPECT_EQ(Render("#set($m = {})#set($x = $m.put('a', 1))#set($m.b = 2)$m"), "{a=1, b=2}");
  EXPECT_EQ(Render("#set($l = [])#set($x = $l.add('a'))$l.size() $l.isEmpty()"), "1 false");
}

TEST_F(MappingTemplates, AskTexts) {
  EXPECT_EQ(Render("#set($s = 'Hello')$s.length() $s.substring(1, 3) $s.toUpperCase() "
                   "$s.contains('ell') $s.replace('l', 'L') $s.split('l').size()"),
            "5 el HELLO true HeLLo 3");
}

TEST_F(MappingTemplates, HaveUtilities) {
  EXPECT_EQ(Render("$util.escapeJavaScript(\"it's \"\"ü\"\"\")"), R"(it\'s \"\u00FC\")");
  EXPECT_EQ(Render("$util.base64Decode($util.base64Encode('hi')) $util.urlEncode('a b')"),
            "hi a%20b");
  EXPECT_EQ(Render("$util.parseJson('{\"a\": [1]}').a[0]"), "1");
}

TEST_F(MappingTemplates, ShowWhatTheyDoNotKnowAsItIs) {
  EXPECT_EQ(Render("$unknown $!unknown $5 a@b.c #channel \\$input"),
            "$unknown  $5 a@b.c #channel $input");
  EXPECT_EQ(Render("a ## comment\nb #* more *#c"), "a b c");
}

TEST_F(MappingTemplates, OverrideTheAnswer) {
  Render(
      "#set($context.responseOverride.status = 418)"
      "#set($context.responseOverride.header.X-A = 'b')");

  EXPECT_EQ(world_.response_override.GetInt("status"), 418);
  EXPECT_EQ(world_.response_override.GetObject("header").GetString("X-A"), "b");
}

TEST_F(MappingTemplates, SayWhatTheyCannot) {
  EXPECT_THAT(Render("$input.path('$.name').explode()"), HasSubstr("method 'explode'"));
  EXPECT_THAT(Render("$util.nothing()"), HasSubstr("$util.nothing"));
  EXPECT_THAT(CheckTemplate("a\n#if($x)").error().message(), HasSubstr("'#end'"));
  EXPECT_THAT(CheckTemplate("#macro(a)#end").error().message(), HasSubstr("not implemented"));
  EXPECT_THAT(CheckTemplate("#set($a)").error().message(), HasSubstr("line 1"));
}

TEST_F(MappingTemplates, EndWhenTheyGoOnForTooLong) {
  EXPECT_THAT(Render("#foreach($a in [1..1000])#foreach($b in [1..1000])x#end#end"),
              HasSubstr("too long"));
  EXPECT_THAT(CheckTemplate("#set($a = " + std::string(1000, '(')).error().message(),
              HasSubstr("levels"));
}

}  // namespace
}  // namespace trunkline::cloud::execute_api
