# `make` alone lists what there is.
.DEFAULT_GOAL := help
.PHONY: help demo test test-unit test-services test-browser screenshots readme-pictures lighthouse bench bench-orders bench-webhook chaos check stack runtime tools

python := .venv/bin/python
pytest := $(python) -m pytest
packages := shopsite products orders customers checkout home stripe_sandbox bin
# What production would be given, as far as its checks look at it.
deploy_environment := READ_DOT_ENV=0 DJANGO_SETTINGS_MODULE=shopsite.settings.production \
	SECRET_KEY=a-key-for-the-deploy-check-alone-0123456789-abcdefghijklm ALLOWED_HOSTS=shop.test \
	SITE_URL=https://shop.test DEFAULT_FROM_EMAIL=shop@shop.test EMAIL_URL=smtp://mail.shop.test \
	STRIPE_SECRET_KEY=sk_test_check STRIPE_WEBHOOK_SECRETS=whsec_check SQLITE=1

help:
	@sed -n 's/^## //p' Makefile

## make demo            Run the shop with demo content. PORT=8000 SANDBOX_PORT=12111 RESET=1
demo: runtime
	@exec $(python) -m bin.demo

## make test            Run all tests. ARGS="-k cart" goes to pytest
# The servers' tests mostly wait, so they run beside the others, which come one after the other and
# keep two cores busy. What all need is installed before: two installers at once would be in each
# other's way.
test: tools
	@$(python) -m bin.services -- true
	@echo "Each of the three parts of the tests is shown when it has ended."
	@$(MAKE) --no-print-directory --jobs 2 --output-sync=target IN_TURN=1 \
		test-services test-unit test-browser

## make test-unit       Run the tests that need nothing but Python
# Some of them start make themselves, which must not be told how this one shows what is said.
test-unit: tools
	@MAKEFLAGS= MFLAGS= $(pytest) -n 2 --dist loadgroup -m "not services and not browser" $(ARGS)

## make test-services   Run the tests against PostgreSQL, RabbitMQ and Redis
test-services: tools
	@$(python) -m bin.services postgresql rabbitmq redis -- \
		$(pytest) -m "services and not browser" $(or $(ARGS),tests/services)

## make test-browser    Run the tests in a real browser
test-browser: tools $(if $(IN_TURN),test-unit)
	@$(python) -m bin.services chromium java fonts -- \
		$(pytest) -n 2 --dist loadscope --no-loadscope-reorder -m browser $(or $(ARGS),tests/browser)

## make screenshots     Take a picture of every page into var/screenshots/. ARGS="cart home"
screenshots: tools
	@$(python) -m bin.services chromium fonts -- $(python) -m tests.browser.screenshots $(ARGS)

## make readme-pictures Take the pictures of README.md anew
readme-pictures: tools
	@$(python) -m bin.services chromium fonts -- $(python) -m tests.browser.readme_pictures

## make lighthouse      Measure the shop as served in production; needs npm. RUNS=5
lighthouse: runtime
	@exec $(python) -m bin.lighthouse

## make bench           Measure lists and search with 100 and with 10,000 products
bench: tools
	@ONLY="$(ONLY)" $(python) -m bin.services postgresql -- $(python) -m bin.bench

## make bench-orders    Measure the list of orders with 1,000 and with 100,000
bench-orders: tools
	@ONLY=bench_orders $(python) -m bin.services postgresql -- $(python) -m bin.bench

## make bench-webhook   Measure how long Stripe waits for the webhook's answer with 20 at once
bench-webhook: tools
	@$(python) -m bin.services postgresql rabbitmq -- $(python) -m bin.bench_webhook

## make chaos           Prove that kills and lost messages lose nothing. MINUTES=15 SHORT=1 SEED=7
# CONTROL=stock or CONTROL=claim switches a guard off: then a proof must fail.
chaos: tools
	@exec $(python) -m bin.services postgresql rabbitmq -- $(python) -m bin.chaos

## make check           Run linters (ruff, bandit), types, layers, templates, migrations and deploy checks
check: tools
	$(python) -m ruff check .
	$(python) -m ruff format --check .
	$(python) -m bandit --quiet --severity-level medium --recursive $(filter-out bin,$(packages))
	$(python) -m mypy $(packages)
	.venv/bin/lint-imports
	$(python) -m djlint --check templates
	$(python) -m djlint --quiet --lint templates
	$(python) manage.py makemigrations --check --dry-run
	@$(deploy_environment) $(python) manage.py check --deploy --fail-level WARNING

## make stack           Run the shop as in production, with the services that .env names
stack: runtime
	@exec $(python) -m bin.stack

runtime:
	@sh bin/install.sh requirements.txt

tools:
	@sh bin/install.sh requirements-dev.txt
