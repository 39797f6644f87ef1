package io.jenkins.plugins.ecscanary.infra;

import io.jenkins.plugins.ecscanary.infra.settings.Settings;
import java.util.List;
import software.amazon.awscdk.services.budgets.CfnBudget;
import software.constructs.Construct;

/** Tells someone when the account's month costs 80 % and 100 % of a sum. It counts the whole account, not this stack alone. */
public final class CostBudget extends Construct {

    public CostBudget(Construct scope, Settings settings, Settings.Budget budget) {
        super(scope, "CostBudget");
        CfnBudget.Builder.create(this, "Budget")
                .budget(CfnBudget.BudgetDataProperty.builder()
                        .budgetName(settings.names().cluster() + "-"
                                + settings.names().service())
                        .budgetType("COST")
                        .timeUnit("MONTHLY")
                        .budgetLimit(CfnBudget.SpendProperty.builder()
                                .amount(budget.usd())
                                .unit("USD")
                                .build())
                        .build())
                .notificationsWithSubscribers(List.of(at(80, budget), at(100, budget)))
                .build();
    }

    private static CfnBudget.NotificationWithSubscribersProperty at(int percent, Settings.Budget budget) {
        return CfnBudget.NotificationWithSubscribersProperty.builder()
                .notification(CfnBudget.NotificationProperty.builder()
                        .notificationType("ACTUAL")
                        .comparisonOperator("GREATER_THAN")
                        .threshold(percent)
                        .thresholdType("PERCENTAGE")
                        .build())
                .subscribers(List.of(CfnBudget.SubscriberProperty.builder()
                        .subscriptionType("EMAIL")
                        .address(budget.email())
                        .build()))
                .build();
    }
}
