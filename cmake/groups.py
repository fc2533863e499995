#!/usr/bin/env python3
"""Groups the sources of one target into files that include several of them (docs/decisions/0009-files-compile-in-groups.md).

    groups.py SOURCE_ROOT OUTPUT FOLDER INCLUDE_ROOT < paths      prints the group files, one a line

A group has sources of one folder only. No source of a group sees what another keeps to itself: sources go into different
groups when one names a function or type of the other's anonymous namespace, and constants (kName) that clash are spelled
apart by a macro around the source. A source with a #define of its own stays alone.
"""
import collections
import pathlib
import re
import sys

MOST_LINES = 3000
COMMENT_OR_TEXT = re.compile(r'R"(\w*)\(.*?\)\1"|//[^\n]*|"(?:[^"\\\n]|\\.)*"', re.S)
WORD = re.compile(r'(?<![\w.])(?<!->)(?<!::)[A-Za-z_]\w*')
PRIVATE = re.compile(r'^namespace \{\n(.*?)^\}  ""$', re.S | re.M)  # its closing comment is gone by then
TYPE = re.compile(r'^(?:enum class|enum|struct|class|union)\s+(\w+)|^using (\w+) =')
MATCHER = re.compile(r'^MATCHER\w*\((\w+)')
INCLUDE = re.compile(r'^#include "([^"]+)"', re.M)
USING = re.compile(r'^using [\w:]+::(\w+);|^namespace (\w+) =[^;]*;', re.M)


def declared(line):
    """The name a line at the left margin declares, or None."""
    line = re.sub(r'\[\[[^\]]*\]\]\s*', '', line)
    found = TYPE.match(line) or MATCHER.match(line)
    if found:
        return next(name for name in found.groups() if name)
    declarator = re.match(r'[\w:<>,&*\s]*', line)[0].rstrip()
    name = re.search(r'(?<![\w:])[*&]?(\w+)$', declarator)
    if not name or re.match(r'(TEST|TYPED_TEST|static_assert|template|namespace|using)\b|TEST_|INSTANTIATE_', line):
        return None
    return name[1]


def words_of_headers(path, raw, include_root, seen):
    """The words of the headers of its own folder that a file includes, at whatever depth: they share its namespace."""
    words = set()
    for name in INCLUDE.findall(raw):
        header = include_root / name
        if header in seen or header.parent != path.parent or not header.is_file():
            continue
        seen.add(header)
        text = header.read_text(encoding='utf-8')
        words |= set(WORD.findall(COMMENT_OR_TEXT.sub('""', text))) | words_of_headers(path, text, include_root, seen)
    return words


class Source:
    def __init__(self, path, include_root):
        self.path = path
        raw = path.read_text(encoding='utf-8')
        self.lines = raw.count('\n')
        self.alone = re.search(r'^\s*#\s*define', raw, re.M) is not None
        text = COMMENT_OR_TEXT.sub('""', raw)
        self.words = set(WORD.findall(text))
        self.seen = self.words | words_of_headers(path, raw, include_root, set())
        self.used = {found[0]: found[1] or found[2] for found in USING.finditer(text)}
        lines = [line for part in PRIVATE.findall(text) for line in part.split('\n')]
        names = {declared(line) for line in lines if re.match(r'[A-Za-z\[]', line)} - {None}
        self.constants = {name for name in names if re.match(r'k[A-Z0-9]', name)}
        self.names = names - self.constants

    def hides_from(self, other):
        """Whether `other` means something else by a name that is this source's own."""
        if self.names & other.seen:
            return True
        return any(name in other.words for line, name in self.used.items() if line not in other.used)

    def fits(self, group):
        if self.alone or any(other.alone for other in group):
            return False
        if self.lines + sum(other.lines for other in group) > MOST_LINES:
            return False
        return not any(self.hides_from(other) or other.hides_from(self) for other in group)


def grouped(sources):
    groups = []
    for source in sources:
        for group in groups:
            if source.fits(group):
                group.append(source)
                break
        else:
            groups.append([source])
    return groups


def text_of(group, include_root):
    text = '// Made by cmake/groups.py.\n'
    for source in group:
        clashing = sorted(name for name in source.constants
                          if any(name in other.words for other in group if other is not source))
        text += ''.join(f'#define {name} {name}_{source.path.stem}\n' for name in clashing)
        text += f'#include "{source.path.relative_to(include_root).as_posix()}"\n'
        text += ''.join(f'#undef {name}\n' for name in clashing)
    return text


def write(path, text):
    if not path.exists() or path.read_text(encoding='utf-8') != text:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding='utf-8')


def main():
    root, output, target, include_root = (pathlib.Path(argument) for argument in sys.argv[1:])
    folders = collections.defaultdict(list)
    for line in sys.stdin.read().splitlines():
        path = pathlib.Path(line)
        folders[path.parent].append(Source(path, include_root))
    made = []
    for folder, sources in folders.items():
        for number, group in enumerate(grouped(sources)):
            path = output / folder.relative_to(root) / f'group_{number}.cpp'
            write(path, text_of(group, include_root))
            made.append(path)
    for stale in set((output / target).rglob('group_*.cpp')) - set(made):
        stale.unlink()
    print('\n'.join(map(str, made)))


if __name__ == '__main__':
    main()
