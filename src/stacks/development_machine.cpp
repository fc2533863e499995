#include "stacks/development_machine.h"

#include <fmt/format.h>

#include "stacks/policy.h"

namespace trunkline::stacks {
namespace {

constexpr std::string_view kNetwork = "10.0.0.0/24";
constexpr std::string_view kName = "amzconnect-development-machine";

json::Array NameTag() {
  json::Object tag{{"Key", "Name"}, {"Value", kName}};
  return List({tag});
}

void AddParameters(Template& stack) {
  stack.Add({.name = "CodeBucket",
             .description = "The bucket with the program: output BucketName of "
                            "amzconnect-artifacts in this Region."});
  stack.Add({.name = "CodeKey", .description = "The program's key there."});
  stack.Add({.name = "CodeBucketKeyArn",
             .description = "Output KeyArn of amzconnect-artifacts in this Region."});
  stack.AddParameter("InstanceType", "The size of the machine.", "t3.small", "[a-z0-9.-]+");
  stack.Add({.name = "Image",
             .description = "Amazon Linux 2023, its newest version.",
             .type = "AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>",
             .fallback = "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64"});
}

void AddNetwork(Template& stack) {
  json::Object vpc{{"CidrBlock", kNetwork},
                   {"EnableDnsHostnames", true},
                   {"EnableDnsSupport", true},
                   {"Tags", NameTag()}};
  stack.Add("Vpc", {.type = "AWS::EC2::VPC", .properties = std::move(vpc)});
  stack.Add("Gateway",
            {.type = "AWS::EC2::InternetGateway", .properties = json::Object{{"Tags", NameTag()}}});
  json::Object attached{{"VpcId", Ref("Vpc")}, {"InternetGatewayId", Ref("Gateway")}};
  stack.Add("GatewayOfVpc",
            {.type = "AWS::EC2::VPCGatewayAttachment", .properties = std::move(attached)});
  json::Array zone;
  zone.emplace_back(0);
  zone.emplace_back(json::Object{{"Fn::GetAZs", ""}});
  json::Object subnet{{"VpcId", Ref("Vpc")},
                      {"CidrBlock", kNetwork},
                      {"MapPublicIpOnLaunch", true},
                      {"Tags", NameTag()}};
  subnet.Set("AvailabilityZone", json::Object{{"Fn::Select", std::move(zone)}});
  stack.Add("PublicSubnet", {.type = "AWS::EC2::Subnet", .properties = std::move(subnet)});
}

void AddRoutes(Template& stack) {
  json::Object table{{"VpcId", Ref("Vpc")}, {"Tags", NameTag()}};
  stack.Add("Routes", {.type = "AWS::EC2::RouteTable", .properties = std::move(table)});
  json::Object route{{"RouteTableId", Ref("Routes")},
                     {"DestinationCidrBlock", "0.0.0.0/0"},
                     {"GatewayId", Ref("Gateway")}};
  stack.Add(
      "RouteOut",
      {.type = "AWS::EC2::Route", .properties = std::move(route), .depends_on = {"GatewayOfVpc"}});
  json::Object association{{"SubnetId", Ref("PublicSubnet")}, {"RouteTableId", Ref("Routes")}};
  stack.Add("RoutesOfSubnet", {.type = "AWS::EC2::SubnetRouteTableAssociation",
                               .properties = std::move(association)});
}

void AddSecurityGroup(Template& stack) {
  json::Object https{{"IpProtocol", "tcp"},
                     {"FromPort", 443},
                     {"ToPort", 443},
                     {"CidrIp", "0.0.0.0/0"},
                     {"Description", "AWS, GitHub, packages"}};
  json::Object properties{{"GroupDescription", "Nothing comes in; HTTPS goes out."},
                          {"VpcId", Ref("Vpc")}};
  properties.Set("SecurityGroupEgress", List({https}));
  stack.Add("SecurityGroup",
            {.type = "AWS::EC2::SecurityGroup", .properties = std::move(properties)});
}

void AddRole(Template& stack) {
  Resource role =
      Role({.name = nullptr,
            .description = "The role of the development machine.",
            .trust = TrustService("ec2"),
            .statements =
                List({Allow("ReadProgram", {"s3:GetObject"}, Arn("s3:::${CodeBucket}/${CodeKey}")),
                      Allow("UnpackProgram", {"kms:Decrypt"}, Ref("CodeBucketKeyArn"))}),
            .boundary = nullptr});
  json::Array managed;
  managed.emplace_back(Arn("iam::aws:policy/AmazonSSMManagedInstanceCore"));
  role.properties.Set("ManagedPolicyArns", std::move(managed));
  stack.Add("Role", std::move(role));
  json::Array roles;
  roles.emplace_back(Ref("Role"));
  stack.Add("Profile",
            {.type = "AWS::IAM::InstanceProfile",
             .properties = json::Object{{"Path", "/trunkline/"}, {"Roles", std::move(roles)}}});
}

constexpr std::string_view kSetUp =
    "#!/bin/bash\n"
    "set -euo pipefail\n"
    "dnf install --assumeyes git unzip jq nodejs python3-pip\n"
    "aws s3 cp 's3://${CodeBucket}/${CodeKey}' /tmp/trunkline.zip --region '${AWS::Region}'\n"
    "unzip -p /tmp/trunkline.zip bootstrap > /usr/local/bin/trunkline\n"
    "chmod 755 /usr/local/bin/trunkline\n"
    "rm /tmp/trunkline.zip\n"
    "trunkline version\n";

void AddInstance(Template& stack) {
  json::Object volume{{"VolumeType", "gp3"},
                      {"VolumeSize", 20},
                      {"Encrypted", true},
                      {"DeleteOnTermination", true}};
  json::Object disk{{"DeviceName", "/dev/xvda"}, {"Ebs", std::move(volume)}};
  json::Array groups;
  groups.emplace_back(Ref("SecurityGroup"));
  json::Object properties{{"ImageId", Ref("Image")},
                          {"InstanceType", Ref("InstanceType")},
                          {"SubnetId", Ref("PublicSubnet")},
                          {"IamInstanceProfile", Ref("Profile")},
                          {"Tags", NameTag()}};
  properties.Set("SecurityGroupIds", std::move(groups));
  properties.Set("BlockDeviceMappings", List({disk}));
  properties.Set("MetadataOptions",
                 json::Object{{"HttpTokens", "required"}, {"HttpPutResponseHopLimit", 1}});
  properties.Set("UserData", json::Object{{"Fn::Base64", Sub(kSetUp)}});
  stack.Add("Machine", {.type = "AWS::EC2::Instance",
                        .properties = std::move(properties),
                        .depends_on = {"RouteOut", "RoutesOfSubnet"}});
}

}  // namespace

Template MakeDevelopmentMachine() {
  Template stack(
      "Trunkline: a machine to work on a center from, in a VPC with a public subnet. It takes the "
      "place of AWS Cloud9, which is closed to new customers.");
  AddParameters(stack);
  AddNetwork(stack);
  AddRoutes(stack);
  AddSecurityGroup(stack);
  AddRole(stack);
  AddInstance(stack);
  stack.AddOutput("MachineId", "The machine: aws ssm start-session --target <id>.", Ref("Machine"));
  return stack;
}

}  // namespace trunkline::stacks
