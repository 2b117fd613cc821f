#!/bin/bash
# SPDX-License-Identifier: MIT
# test_text.sh - figures found in a reply and a bulletin by rules, from the file to the page
. "$(dirname "$0")/stage.sh"
cp -R "$top"/conf/examples/* "$scratch/"
config=$scratch/text.yaml


same 'the rules and their examples hold together' "$config: 3 figures, 2 sources" "$(collector --config.check 2>&1)"
same 'both documents are read' 0 "$(collector --once >"$scratch/once.log" 2>&1; echo $?)"
same 'what the rules find is recorded, with its words' \
    'fund_size_cny 2024-06  200000000 种子基金 2亿元
fund_size_cny 2024-06 ~ 350000000 天使基金 近3.5亿元
pilot_platforms 2024-06 > 160 By the end of June 2024, more than 160 pilot platforms had been built
pilot_platforms 2024-06 > 160 已建成超160家中试平台
pilot_platforms 2024-06 ~ 30 规划建设约30个
subsidies_cny 2021/2023 >= 150000000 2021—2023年累计发放科技金融补贴1.5亿余元
subsidies_cny 2021/2023 ~ 1200000000 Subsidies of about CNY 1.2 billion were paid from 2021 to 2023' \
    "$(ledger 'SELECT figure, time_period, comparator, obs_value, comment FROM vintage ORDER BY 1, 4, 5' | LC_ALL=C sort)"
same 'and with the page it stands on' "file://$scratch/bulletin.txt
file://$scratch/reply.html" "$(ledger 'SELECT DISTINCT reference FROM vintage ORDER BY 1')"

sed -i 's/more than 160/more than\n  170/' "$scratch/bulletin.txt"
same 'a new number in the same sentence is a revision' 0 "$(collector --once >"$scratch/once.log" 2>&1; echo $?)"
check 'of one observation' grep -q 'source=bulletin recorded=0 unchanged=1 revised=1' "$scratch/once.log"

sed -i 's/<span>已建/<span>新建/' "$scratch/reply.html"
same 'a page that was written anew makes the round fail' 1 "$(collector --once --log.format=json >"$scratch/once.log" 2>&1; echo $?)"
same 'by the name of the rule that finds nothing any more' \
    "reply: rule '已建成的中试平台' matches nothing; expected 1" \
    "$(jq -r 'select(.source == "reply") | .first' "$scratch/once.log")"
same 'and nothing of it is recorded' 8 "$(ledger 'SELECT count(*) FROM vintage')"

start_collector
sed -i 's/^              obs_value: 12$/              obs_value: 13/' "$config"
line=$(grep -n '已建成十二家' "$config" | cut -d: -f1)
same 'an example that does not hold is refused with its line' \
    "$config:$line: rule '已建成的中试平台' gives obs_value '12'; expected '13', as the example says" \
    "$(collector --config.check 2>&1)"
kill -HUP "${pid[collector]}"
check 'also by the daemon, which keeps the rules it has' \
    until_true 30 grep -q "running one is kept.*$config:$line: rule" "$scratch/collector.log"
check 'and goes on' curl -fs "$collector/-/ready"
sed -i 's/^              obs_value: 13$/              obs_value: 12/' "$config"
kill -HUP "${pid[collector]}"
check 'until they are right again' until_true 30 grep -q 'configuration loaded' "$scratch/collector.log"

# A pattern that would try every way to cut a long word, and a text that has one.
head -c 200000 /dev/zero | tr '\0' a >"$scratch/long.txt"
declare_figures visits >"$config"
cat >>"$config" <<'END'
sources:
  - name: long
    url: file:long.txt
    format: text
    text:
      rules:
        - {name: slow, figure: visits, time_period: 2024, match: '(?:\w+)*\s(?<value>\d+)[次人]'}
        - {name: next, figure: visits, time_period: 2024, match: '(?<value>\d+)', matches: any}
END
same 'a pattern without an end is given up' \
    "long: rule 'slow' is given up after too many steps; expected patterns that soon match or fail, and a text for which they are meant" \
    "$(collector try long 2>&1 >/dev/null)"
done_testing
