"""cmake/groups.py: which sources are compiled together."""
import pathlib
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]


class GroupsTest(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.root = pathlib.Path(self.folder.name) / 'a checkout'
        (self.root / 'src/a').mkdir(parents=True)

    def tearDown(self):
        self.folder.cleanup()

    def source(self, name, private='', rest='', before=''):
        path = self.root / 'src/a' / name
        path.write_text(f'{before}namespace t {{\nnamespace {{\n{private}\n}}  // namespace\n{rest}\n}}  // namespace t\n')

    def groups(self):
        paths = sorted(str(path) for path in (self.root / 'src/a').glob('*.cpp'))
        made = subprocess.run([sys.executable, '-B', ROOT / 'cmake/groups.py', self.root, self.root / 'out', 'src/a', self.root / 'src'],
                              input='\n'.join(paths), capture_output=True, text=True, check=True)
        return [pathlib.Path(line).read_text() for line in made.stdout.splitlines()]

    def test_sources_that_share_nothing_are_one_group(self):
        self.source('one.cpp', 'int One() { return 1; }')
        self.source('two.cpp', 'int Two() { return 2; }')
        self.assertEqual(self.groups(), ['// Made by cmake/groups.py.\n#include "a/one.cpp"\n#include "a/two.cpp"\n'])

    def test_a_private_function_that_both_have_parts_them(self):
        self.source('one.cpp', 'int Show(int value) {\n  return value;\n}')
        self.source('two.cpp', 'long Show(long value) {\n  return value;\n}')
        self.assertEqual(len(self.groups()), 2)

    def test_a_private_function_that_the_other_means_something_else_by_parts_them(self):
        self.source('one.cpp', 'std::string Show(const Value& value) {\n  return {};\n}')
        self.source('two.cpp', rest='int Public() { return Show(1); }')
        self.assertEqual(len(self.groups()), 2)

    def test_a_private_type_that_a_header_of_the_other_names_parts_them(self):
        self.source('one.cpp', 'struct Kind {\n  int a;\n};')
        (self.root / 'src/a/two.h').write_text('inline constexpr Kind kTwo{};\n')
        self.source('two.cpp', before='#include "a/two.h"\n')
        self.assertEqual(len(self.groups()), 2)

    def test_members_of_the_same_name_do_not_matter(self):
        self.source('one.cpp', 'int Show(int value) {\n  return value;\n}')
        self.source('two.cpp', rest='int Public(const Thing& thing) { return thing.Show(1); }  // Show\n')
        self.assertEqual(len(self.groups()), 1)

    def test_constants_of_the_same_name_are_spelled_apart(self):
        self.source('one.cpp', 'constexpr int kRows[] = {1};')
        self.source('two.cpp', 'constexpr int kRows[] = {2};')
        (group,) = self.groups()
        self.assertIn('#define kRows kRows_one\n#include "a/one.cpp"\n#undef kRows\n', group)
        self.assertIn('#define kRows kRows_two\n#include "a/two.cpp"\n#undef kRows\n', group)

    def test_a_source_with_a_macro_of_its_own_stays_alone(self):
        self.source('one.cpp', before='#define ROW(x) x\n')
        self.source('two.cpp')
        self.assertEqual(len(self.groups()), 2)

    def test_groups_that_are_no_more_go(self):
        self.source('one.cpp', 'int Show() { return 1; }')
        self.source('two.cpp', 'int Show() { return 2; }')
        self.groups()
        (self.root / 'src/a/two.cpp').unlink()
        self.groups()
        self.assertEqual([path.name for path in (self.root / 'out').rglob('*.cpp')], ['group_0.cpp'])


if __name__ == '__main__':
    unittest.main()
