### L’aide.

help-title = Ce que vous pouvez faire

help-introduction = Répondez à une publication par ses boutons ou par une réaction. Vous pouvez aussi taper, en français ou en anglais :

help-line = { -prefix }{ $command } — { $help }

help-usage = La commande se tape ainsi : { -prefix }{ $usage }
