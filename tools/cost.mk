# What a month costs, by the dated price list beside this file.

cost: tools/ready $(VENV)/ready ## what a month of $(ENV) costs, against the budget of 150,000 JPY
	@$(BIN)/python -m tools.cost "$(ENV)"

.PHONY: cost
