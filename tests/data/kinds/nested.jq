.ways | to_entries[] | .key as $way | .value | to_entries[]
| {figure: "platforms", labels: {way: $way}, time_period: .key, obs_value: .value}
